module Old {
  export const a = 1;
}
