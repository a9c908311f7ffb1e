"""What happened, and what may: facts, commands, and the rules between them."""
