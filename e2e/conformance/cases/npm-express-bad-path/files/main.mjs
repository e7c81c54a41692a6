import express from 'express';
const app = express();
app.get('bad path :', () => {});
app.get('/x/*', () => {});
