throw new TypeError("boom")
