const label = (text: string): string => `[${text}]`;

export { label };
