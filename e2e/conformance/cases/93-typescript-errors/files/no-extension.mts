import { a } from './other';
