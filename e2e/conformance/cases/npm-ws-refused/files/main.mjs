import WebSocket from 'ws';
console.log('before');
new WebSocket('ws://127.0.0.1:1/');
