package runtime

func coroswitch(gp *g) {
	exit := gp.coroexit // want: wasm.constant.local
	if exit {           // want: wasm.constant.local
		println("exit") // ok: a string
	}
}
