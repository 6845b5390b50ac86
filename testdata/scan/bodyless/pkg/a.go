package pkg

func nobody() int

func use() int { return nobody() }
