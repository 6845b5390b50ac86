package atomic

func LoadAcq(p *uint32) uint32 // want: go.bodyless.atomic

func Get(p *uint32) uint32 { return LoadAcq(p) }
