interface Settings {
  depth: number;
}

const settings: Settings = { depth: 5 };
module.exports = settings;
