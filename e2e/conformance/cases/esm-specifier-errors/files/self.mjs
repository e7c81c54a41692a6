export default "self"
