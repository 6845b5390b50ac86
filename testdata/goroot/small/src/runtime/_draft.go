this neither: "
