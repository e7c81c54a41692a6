let total: number = 0;
for (const value of [1, 2, 3] as const) total += value;
export { total };
