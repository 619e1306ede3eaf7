/** What the debugger's commands do beyond a call of the host. */
import { expect, test, vi } from "vitest";
import { LabError } from "#contracts/errors.ts";
import { createDebug } from "../../stores/debug-store.ts";
import { createNoticeStore } from "../../stores/notice-store.ts";
import { askedBridge } from "../../stores/testing/asked-bridge.ts";
import { createShell } from "../shell-store.ts";
import { addBreakpoint } from "./debugging.ts";

function windowWhere(refusal: LabError | null) {
  const { bridge } = askedBridge(({ name }) => {
    if (name === "debug.add" && refusal) throw refusal;
    return [];
  });
  const show = vi.fn();
  const shell = createShell();
  shell.setState({ docks: { show } as never });
  const stores = { debug: createDebug(bridge), notices: createNoticeStore() };
  const add = () => addBreakpoint({ bridge, stores: stores as never, shell }, { condition: "fires(V1) > 0" });
  return { add, show, editing: () => stores.debug.store.getState().editing, said: () => stores.notices.getState().notices };
}

test("a condition that has a breakpoint leads to it: its settings open, its field has the focus, and a notice says so", async () => {
  const same = new LabError("E_CONFLICT", "It has one already", { breakpoint: "7", text: "fires(V1) > 0" });
  const { add, show, editing, said } = windowWhere(same);
  await add();
  expect(editing()).toBe("7");
  expect(show).toHaveBeenCalledWith("breakpoints", '[data-id="7"] input');
  expect(said()).toMatchObject([{ severity: "info", message: "fires(V1) > 0 has a breakpoint already, which is open now" }]);
});

test("any other refusal is passed on, and nothing opens", async () => {
  const { add, show, editing } = windowWhere(new LabError("E_CONFLICT", "There are 200 breakpoints already"));
  await expect(add()).rejects.toThrow("200");
  expect([editing(), show.mock.calls]).toEqual([null, []]);
});
