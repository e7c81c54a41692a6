export const words: string[] = ['one', 'two'];
export default abstract class Word {
  abstract say(): string;
}
