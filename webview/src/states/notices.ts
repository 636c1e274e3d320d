import { element, filled } from "../page/element.ts";
import { icon } from "../page/icon.ts";

/** A line above the picture. */
export interface Notice {
  readonly key: string;
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
  readonly actions: readonly { readonly title: string; readonly run: () => void }[];
}

/** The lines above the picture: what is stale, compared, grouped, or went wrong. They stay until their reason is gone. */
export function noticeArea(): { readonly element: HTMLElement; show(notices: readonly Notice[]): void } {
  const root = element("div", { class: "notices" });
  let last = "";
  return {
    element: root,
    show: (notices) => {
      const key = JSON.stringify(notices.map(({ key: name, severity, text }) => [name, severity, text]));
      if (key === last) return;
      last = key;
      filled(
        root,
        ...notices.map((notice) =>
          element(
            "div",
            { class: `notice notice-${notice.severity}`, "data-notice": notice.key },
            icon(notice.severity),
            element("span", { class: "notice-text" }, notice.text),
            ...notice.actions.map(({ title, run }) =>
              element("button", { type: "button", class: "link", onclick: () => run() }, title),
            ),
          ),
        ),
      );
    },
  };
}
