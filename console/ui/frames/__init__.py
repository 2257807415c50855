"""The wall of frames: what cameras and screens of all calls show, blurred."""
