enum Color {
  Red,
}
export { Color };
