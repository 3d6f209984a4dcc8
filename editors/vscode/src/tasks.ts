// The task “check”: the command line over the folder, into the list of problems by the problem matcher `$gongkai`.

import * as vscode from "vscode";

export class CheckTasks implements vscode.TaskProvider {
  static readonly type = "gongkai";

  /** `file` gives the program that runs as the server. */
  constructor(private readonly file: () => string | undefined) {}

  provideTasks(): vscode.Task[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return folders.flatMap((folder) => this.task({ type: CheckTasks.type }, folder) ?? []);
  }

  resolveTask(task: vscode.Task): vscode.Task | undefined {
    const folder = typeof task.scope === "object" ? task.scope : vscode.workspace.workspaceFolders?.[0];
    return folder === undefined ? undefined : this.task(task.definition, folder);
  }

  private task(definition: vscode.TaskDefinition, folder: vscode.WorkspaceFolder): vscode.Task | undefined {
    const file = this.file();
    if (file === undefined) {
      return undefined;
    }
    const paths = Array.isArray(definition["paths"]) ? definition["paths"].map(String) : ["."];
    const args = ["check", "--output-format", "concise", ...paths];
    const execution = new vscode.ProcessExecution(file, args, { cwd: folder.uri.fsPath });
    const task = new vscode.Task(
      definition,
      folder,
      vscode.l10n.t("check the reports"),
      "gongkai",
      execution,
      "$gongkai",
    );
    task.group = vscode.TaskGroup.Test;
    return task;
  }
}
