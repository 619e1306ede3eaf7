/** JavaScript of the years after Chromium 83 that the window and its libraries use. Runs before the page's own scripts and in its workers. */
(() => {
  const add = (target, name, value) => {
    if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
  };
  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  for (const list of [Array.prototype, String.prototype, typed]) {
    add(list, "at", function at(index) {
      return this[index < 0 ? this.length + index : index];
    });
  }
  for (const list of [Array.prototype, typed]) {
    add(list, "findLastIndex", function findLastIndex(test) {
      for (let index = this.length - 1; index >= 0; index--) if (test(this[index], index, this)) return index;
      return -1;
    });
    add(list, "findLast", function findLast(test) {
      return this[this.findLastIndex(test)];
    });
    add(list, "toSorted", function toSorted(order) {
      return this.slice().sort(order);
    });
    add(list, "toReversed", function toReversed() {
      return this.slice().reverse();
    });
    add(list, "with", function withItem(index, value) {
      const copy = this.slice();
      copy[index] = value;
      return copy;
    });
  }
  add(Array.prototype, "toSpliced", function toSpliced(...args) {
    const copy = this.slice();
    copy.splice(...args);
    return copy;
  });
  add(String.prototype, "replaceAll", function replaceAll(what, by) {
    return typeof what === "string" ? this.split(what).join(typeof by === "function" ? by(what) : by) : this.replace(what, by);
  });
  // Regular expressions written for the newer unicode-sets flag mean the same with the older one here.
  const NativeRegExp = self.RegExp;
  self.RegExp = new Proxy(NativeRegExp, {
    construct: (target, [source, flags], self_) =>
      Reflect.construct(target, [source, typeof flags === "string" ? flags.replace("v", "u") : flags], self_),
  });
  add(Object, "hasOwn", (object, key) => Reflect.getOwnPropertyDescriptor(object, key) !== undefined);
  add(Map, "groupBy", (items, key) => {
    const groups = new Map();
    for (const item of items) groups.set(key(item), (groups.get(key(item)) || []).concat([item]));
    return groups;
  });
  add(Object, "groupBy", (items, key) => Object.fromEntries(Map.groupBy(items, key)));
  add(Promise, "withResolvers", () => {
    const result = {};
    result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
    return result;
  });
  add(self, "structuredClone", (value) => JSON.parse(JSON.stringify(value)));
  const StrongRef = class {
    constructor(target) {
      this.deref = () => target;
    }
  };
  add(self, "WeakRef", StrongRef);
  const NoRegistry = class {
    register() {}
    unregister() {}
  };
  add(self, "FinalizationRegistry", NoRegistry);
  const ErrorOfMany = class extends Error {};
  add(self, "AggregateError", ErrorOfMany);
  for (const set of [Set.prototype]) {
    add(set, "difference", function difference(other) {
      return new Set([...this].filter((item) => !other.has(item)));
    });
    add(set, "intersection", function intersection(other) {
      return new Set([...this].filter((item) => other.has(item)));
    });
    add(set, "union", function union(other) {
      return new Set([...this, ...other.keys()]);
    });
  }
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  add(iterator, "map", function* map(change) {
    let index = 0;
    for (const item of this) yield change(item, index++);
  });
  add(iterator, "filter", function* filter(test) {
    let index = 0;
    for (const item of this) if (test(item, index++)) yield item;
  });
  add(iterator, "take", function* take(count) {
    let left = count;
    if (left > 0)
      for (const item of this) {
        yield item;
        if (--left <= 0) return;
      }
  });
  add(iterator, "toArray", function toArray() {
    return [...this];
  });
  for (const name of ["some", "every", "find", "forEach", "reduce"]) {
    add(iterator, name, function onAll(...args) {
      return [...this][name](...args);
    });
  }
  if (self.crypto) {
    add(self.crypto, "randomUUID", () => {
      const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    });
  }
  if (!("fromBase64" in Uint8Array)) add(Uint8Array, "fromBase64", (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  if (typeof Element === "undefined") return;
  for (const target of [Element.prototype, Document.prototype, DocumentFragment.prototype]) {
    add(target, "replaceChildren", function replaceChildren(...children) {
      while (this.firstChild) this.firstChild.remove();
      this.append(...children);
    });
  }
  Object.defineProperty(CSSStyleDeclaration.prototype, "inset", {
    set(value) {
      for (const side of ["top", "right", "bottom", "left"]) this[side] = value;
    },
  });
  add(Element.prototype, "checkVisibility", function checkVisibility() {
    return this.getClientRects().length > 0;
  });
})();
