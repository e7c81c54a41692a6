console.log("required first");
