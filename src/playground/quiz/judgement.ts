/** Whether the choices of a question are right, in words; and how they are kept. */

/** A question's choices as its index in the quiz and theirs, both from 0. */
export type Choices = ReadonlyMap<number, readonly number[]>;

/** A question that the reader answered. */
export interface Judgement {
  readonly isRight: boolean;
  readonly sentence: string;
}

/** Judges choices; `right` says of each answer of the question whether it is right. */
export function judge(right: readonly boolean[], chosen: readonly number[]): Judgement {
  const count = right.filter(Boolean).length;
  const wrong = chosen.filter((index) => right[index] !== true).length;
  const missing = count - (chosen.length - wrong);
  if (wrong === 0 && missing === 0) return { isRight: true, sentence: 'Right.' };
  if (count === 1) return { isRight: false, sentence: 'Not right. Each answer says why.' };
  const parts = [
    ...(wrong === 0 ? [] : [wrong === 1 ? 'one choice is wrong' : `${wrong} choices are wrong`]),
    ...(missing === 0
      ? []
      : [missing === 1 ? 'one right answer is missing' : `${missing} right answers are missing`]),
  ];
  return { isRight: false, sentence: `Not quite: ${parts.join(', and ')}. Each answer says why.` };
}

/** Ids of choices: `2-1` is the first answer of the second question. */
export function idsOf(choices: Choices): string[] {
  return [...choices]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([question, chosen]) => chosen.map((option) => `${question + 1}-${option + 1}`));
}

/** Reads ids that were kept; those that a quiz does not have, perhaps any more, are left out. */
export function choicesOf(ids: readonly string[], questions: readonly (readonly boolean[])[]): Choices {
  const choices = new Map<number, number[]>();
  for (const id of ids) {
    const [question = 0, option = 0] = (/^(\d{1,3})-(\d{1,3})$/.exec(id)?.slice(1) ?? []).map(Number);
    if (questions[question - 1]?.[option - 1] === undefined) continue;
    const chosen = choices.get(question - 1) ?? [];
    if (!chosen.includes(option - 1)) choices.set(question - 1, [...chosen, option - 1]);
  }
  return choices;
}
