package buildcfg

const DefaultGOAMD64 = `v2`
const DefaultGOARM = `6`
const defaultGOEXPERIMENT = `pair,noalways`
