export const k=1; export const m=import.meta.filename.slice(-4)
