"""`kalends audit`: proofs that nothing recorded was changed."""
