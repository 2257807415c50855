"""``python -m console.media``: the engine starts it, nobody else."""

from console.media.process import main

if __name__ == "__main__":
    main()
