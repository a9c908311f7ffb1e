"""Reads sentences and files into drafts of activities and departments; records nothing."""
