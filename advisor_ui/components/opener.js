// Opens a file of the visitor's: chosen or dropped, read here, and sent as it is when it is not too big.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".opener");
  if (!root.firstChild) build(root);
  const input = root.querySelector("input");
  input.accept = data.accept ?? ".yaml,.yml,.json,.txt";
  root.querySelector(".name").textContent = data.label;
  root.querySelector(".hint").textContent = data.hint;
  const open = async (file) => {
    if (!file) return;
    const content = file.size <= data.most ? await base64(file) : "";
    setTriggerValue("file", { name: file.name, size: file.size, content });
  };
  input.onchange = () => {
    open(input.files[0]);
    input.value = "";
  };
  root.ondragover = (event) => {
    event.preventDefault();
    root.classList.add("over");
  };
  root.ondragleave = () => root.classList.remove("over");
  root.ondrop = (event) => {
    event.preventDefault();
    root.classList.remove("over");
    open(event.dataTransfer.files[0]);
  };
}

function build(root) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "file";
  const [name, hint] = ["name", "hint"].map((type) => {
    const made = document.createElement("span");
    made.className = type;
    return made;
  });
  label.append(input, name);
  root.append(label, hint);
}

function base64(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => resolve("");
    reader.readAsDataURL(file);
  });
}
