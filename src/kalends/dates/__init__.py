"""How people's words become a `When`, in Chinese and in English."""
