/** How the connection to the brain host stands, as the bridge tells it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Connection, LabBridge } from "../bridge/lab-bridge.ts";

export type ConnectionStore = StoreApi<Connection>;

export function createConnectionStore(bridge: LabBridge): ConnectionStore {
  const store = createStore<Connection>(() => bridge.connection);
  bridge.onConnection((connection) => store.setState(connection, true));
  return store;
}
