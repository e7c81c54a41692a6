import fs from 'fs';
const = 1;
