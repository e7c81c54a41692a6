export default "ORIG"
