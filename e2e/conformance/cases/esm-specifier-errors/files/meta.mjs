export default [import.meta.main, typeof import.meta.resolve, import.meta.url.slice(-8)]
