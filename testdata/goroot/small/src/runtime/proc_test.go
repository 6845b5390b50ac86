this is never read: "
