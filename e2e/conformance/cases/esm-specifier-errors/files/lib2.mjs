export default "int"
