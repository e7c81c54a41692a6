/** What Node's library makes of a DNS reply's records: an entry each, with keys in Node's order. */
import { formatIp } from '../../ip-address.ts';
import { recordTypes, type MessageReader, type ResourceRecord } from './message.ts';

type Entry = Record<string, unknown>;

/** The result of a query, with the time to live of each address in seconds. */
export interface QueryResult {
  readonly result: unknown;
  readonly ttls?: readonly number[];
}

interface RecordKind {
  readonly name: string;
  read(data: MessageReader): Entry;
  /** The one key whose value stands for an entry where only this type was asked for. */
  readonly value?: string;
}

const host = (data: MessageReader): Entry => ({ value: data.name() });
const address = (family: 4 | 6) => (data: MessageReader) => ({
  address: formatIp({ family, bytes: data.rest() }),
});

function texts(data: MessageReader): string[] {
  const entries: string[] = [];
  while (data.hasMore) entries.push(data.text());
  return entries;
}

/** In the order in which Node lists them for a query of any type. */
const kinds: ReadonlyMap<number, RecordKind> = new Map<number, RecordKind>([
  [recordTypes.A, { name: 'A', read: address(4), value: 'address' }],
  [recordTypes.Cname, { name: 'CNAME', read: host, value: 'value' }],
  [recordTypes.Aaaa, { name: 'AAAA', read: address(6), value: 'address' }],
  [
    recordTypes.Mx,
    {
      name: 'MX',
      read(data) {
        const priority = data.uint16();
        return { exchange: data.name(), priority };
      },
    },
  ],
  [recordTypes.Ns, { name: 'NS', read: host, value: 'value' }],
  [recordTypes.Txt, { name: 'TXT', read: (data) => ({ entries: texts(data) }), value: 'entries' }],
  [
    recordTypes.Srv,
    {
      name: 'SRV',
      read(data) {
        const [priority, weight, port] = [data.uint16(), data.uint16(), data.uint16()];
        return { name: data.name(), port, priority, weight };
      },
    },
  ],
  [recordTypes.Ptr, { name: 'PTR', read: host, value: 'value' }],
  [
    recordTypes.Naptr,
    {
      name: 'NAPTR',
      read(data) {
        const [order, preference] = [data.uint16(), data.uint16()];
        const [flags, service, regexp] = [data.text(), data.text(), data.text()];
        return { flags, service, regexp, replacement: data.name(), order, preference };
      },
    },
  ],
  [
    recordTypes.Soa,
    {
      name: 'SOA',
      read: (data) => ({
        nsname: data.name(),
        hostmaster: data.name(),
        serial: data.uint32(),
        refresh: data.uint32(),
        retry: data.uint32(),
        expire: data.uint32(),
        minttl: data.uint32(),
      }),
    },
  ],
  [
    recordTypes.Caa,
    {
      name: 'CAA',
      read(data) {
        const critical = data.uint8();
        const tag = data.text();
        return { critical, [tag]: String.fromCharCode(...data.rest()) };
      },
    },
  ],
  [
    recordTypes.Tlsa,
    {
      name: 'TLSA',
      read(data) {
        const [certUsage, selector, match] = [data.uint8(), data.uint8(), data.uint8()];
        return { certUsage, selector, match, data: data.rest().slice().buffer };
      },
    },
  ],
]);

/** The answers to a query of a type; undefined where there are none to tell. Throws a RangeError where a record is cut off. */
export function resultOf(type: number, answers: readonly ResourceRecord[]): QueryResult | undefined {
  if (type === recordTypes.Any) return resultOfAny(answers);
  const kind = kinds.get(type);
  const matching = answers.filter((answer) => answer.type === type);
  if (!kind || answers.length === 0) return undefined;
  const { value } = kind;
  // A list of other records may be empty.
  if (matching.length === 0 && (value === 'address' || type === recordTypes.Soa)) return undefined;
  const entries = matching.map(({ data }) => kind.read(data));
  if (type === recordTypes.Soa) return { result: entries[0] };
  return {
    result: entries.map((entry) => (value === undefined ? entry : entry[value])),
    ...(value === 'address' ? { ttls: matching.map(({ ttl }) => ttl) } : {}),
  };
}

function resultOfAny(answers: readonly ResourceRecord[]): QueryResult | undefined {
  const entries = [...kinds].flatMap(([type, kind]) =>
    answers
      .filter((answer) => answer.type === type)
      .map(({ ttl, data }) => ({
        ...kind.read(data),
        ...(kind.value === 'address' ? { ttl } : {}),
        type: kind.name,
      })),
  );
  return entries.length > 0 ? { result: entries } : undefined;
}
