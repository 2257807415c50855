"""The endpoints: ``table`` lists them all, one file for each subject answers them."""
