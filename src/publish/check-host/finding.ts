/** What a check has to say. */

/** An error is what readers lose; a warning is what they could have better. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Sentences: what is so, and what comes of it. */
  readonly text: string;
  /** What to do, where it is the same on every host. */
  readonly fix?: string;
  /** What the host's configuration would do, so that the fix is the host's own. */
  readonly isOfConfiguration?: true;
}

export function error(text: string, fix?: string): Finding {
  return fix === undefined ? { severity: 'error', text } : { severity: 'error', text, fix };
}

export function warning(text: string, fix?: string): Finding {
  return fix === undefined ? { severity: 'warning', text } : { severity: 'warning', text, fix };
}

/** A finding that the files for hosts, in the folder of the site, would mend. */
export function unconfigured(severity: Finding['severity'], text: string): Finding {
  return { severity, text, isOfConfiguration: true };
}
