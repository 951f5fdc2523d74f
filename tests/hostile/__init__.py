"""A site that means harm, and an eye on what the program does with it."""
