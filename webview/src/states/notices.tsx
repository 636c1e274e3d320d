import { Icon } from "../page/icon.tsx";

/** A line above the picture. */
export interface Notice {
  readonly key: string;
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
  readonly actions: readonly { readonly title: string; readonly run: () => void }[];
}

/** The lines above the picture: what is stale, compared, grouped, or went wrong. A line stays until its cause is gone. */
export function Notices({ notices }: { readonly notices: readonly Notice[] }) {
  return (
    <div class="notices">
      {notices.map((notice) => (
        <div key={notice.key} class={`notice notice-${notice.severity}`} data-notice={notice.key}>
          <Icon name={notice.severity} />
          <span class="notice-text">{notice.text}</span>
          {notice.actions.map(({ title, run }) => (
            <button key={title} type="button" class="link" onClick={run}>
              {title}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
