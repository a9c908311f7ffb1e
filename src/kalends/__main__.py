"""Run the command line with `python -m kalends`."""

from kalends.cli.app import main

if __name__ == "__main__":
    main()
