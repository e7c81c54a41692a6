/** Diagnostic reports: their settings are kept, and a report itself is what this engine cannot write. */
import type { BindingFactory } from '../realm.ts';

/** Settings of `process.report` and their defaults, by the names of their accessors. */
const defaults: Readonly<Record<string, unknown>> = {
  Compact: false,
  ExcludeNetwork: false,
  ExcludeEnv: false,
  Directory: '',
  Filename: '',
  Signal: 'SIGUSR2',
};
const triggers = ['FatalError', 'Signal', 'UncaughtException'] as const;

/** `internalBinding('report')`. */
export const report: BindingFactory = (realm, shape) => {
  const settings = new Map(Object.entries(defaults));
  const members: Record<string, unknown> = {};
  for (const name of settings.keys()) {
    members[`get${name}`] = () => settings.get(name);
    members[`set${name}`] = (value: unknown) => settings.set(name, value);
  }
  for (const trigger of triggers) {
    members[`shouldReportOn${trigger}`] = () => settings.get(`On${trigger}`) === true;
    members[`setReportOn${trigger}`] = (isOn: unknown) => settings.set(`On${trigger}`, isOn);
  }
  return {
    ...shape,
    ...members,
    getReport: () => realm.notSupported('process.report.getReport'),
    writeReport: () => realm.notSupported('process.report.writeReport'),
  };
};
