int mixed;
