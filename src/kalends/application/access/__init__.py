"""Who may use a server and what each may do: tokens, logins, sessions, permissions."""
