interface Options {
  readonly thing: string;
}

type Finder = (options: Options) => never;

const find: Finder = ({
  thing,
}: Options): never => {
  throw new TypeError(`no ${thing}`);
};

console.log('about to throw' as const);
(find as Finder)({ thing: 'luck' } satisfies Options);
