"""`kalends dept`: register departments, change them and list them."""
