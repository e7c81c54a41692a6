/** The network between the frame's processes: who listens where, and who is connected with whom. */
import { readNetworkRequest, type NetworkNews, type NetworkRequest } from '../network-protocol.ts';
import { Servers } from '../process/servers.ts';

/** Servers of one process that others can reach. */
const mostServers = 1000;

/** Tells a process something; an incoming connection comes with its port. */
export type TellProcess = (news: NetworkNews, transfer: Transferable[]) => void;

/** Joins processes; what one tells of itself is told to the others. */
export class Network {
  readonly #processes = new Map<number, TellProcess>();
  readonly #servers = new Servers();

  /** Adds a process, and tells it where the others listen: before it is told to run. */
  join(process: number, tell: TellProcess): void {
    this.#processes.set(process, tell);
    for (const { process: other, ...server } of this.#servers)
      tell({ type: 'server-up', process: other, server }, []);
  }

  /** A process is gone. */
  leave(process: number): void {
    if (!this.#processes.delete(process)) return;
    this.#servers.removeAll(process);
    this.#tellOthers(process, { type: 'process-ended', process });
  }

  /** Does what a process asks for; anything else is nothing. */
  handle(process: number, data: unknown, port: MessagePort | undefined): void {
    const request = this.#processes.has(process) ? readNetworkRequest(data) : undefined;
    if (request?.type === 'server-up') this.#add(process, request);
    else if (request?.type === 'server-down') this.#remove(process, request);
    else if (request?.type === 'dial' && port) this.#connect(process, request, port);
    else if (request?.type === 'ended') this.leave(process);
  }

  #add(process: number, { server }: Extract<NetworkRequest, { type: 'server-up' }>): void {
    const count = [...this.#servers].filter((each) => each.process === process).length;
    // Two that began at the same moment do not know of each other: the first is the one that others reach.
    if (count >= mostServers || !this.#servers.add({ process, ...server })) return;
    this.#tellOthers(process, { type: 'server-up', process, server });
  }

  #remove(process: number, { local }: Extract<NetworkRequest, { type: 'server-down' }>): void {
    if (this.#servers.remove(process, local))
      this.#tellOthers(process, { type: 'server-down', process, local });
  }

  #connect(
    process: number,
    { id, from, target }: Extract<NetworkRequest, { type: 'dial' }>,
    port: MessagePort,
  ): void {
    const server = this.#servers.find(target)?.process;
    const answer = server === undefined ? {} : { process: server };
    if (server === undefined) port.close();
    else this.#processes.get(server)?.({ type: 'incoming', process, from, target }, [port]);
    this.#processes.get(process)?.({ type: 'dialed', id, ...answer }, []);
  }

  #tellOthers(process: number, news: NetworkNews): void {
    for (const [other, tell] of this.#processes) if (other !== process) tell(news, []);
  }
}
