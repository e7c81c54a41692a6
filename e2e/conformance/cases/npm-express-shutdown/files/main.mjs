import express from 'express';
const app = express();
app.get('/slow', async (req, res) => { console.log('slow begins'); process.kill(process.pid, 'SIGTERM'); await new Promise((resolve) => process.once('SIGTERM', () => setTimeout(resolve, 60))); res.send('slow done'); });
const server = app.listen(0, () => {
  fetch(`http://localhost:${server.address().port}/slow`).then((res) => res.text()).then(console.log);
});
process.on('SIGTERM', () => {
  console.log('stopping');
  server.close((error) => { console.log('stopped', error); process.exit(0); });
});
