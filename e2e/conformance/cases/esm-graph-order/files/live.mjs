export let live=1; export function inc(){live++}; export default live;
