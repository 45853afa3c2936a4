/* How a petitioner is told of a time limit: a sentence, never the label of the staff alone. */
const SENTENCES = {
  route: "转到负责办理的单位",
  inform: "书面告诉您由谁办、怎么办",
  inform_direct: "书面告诉您由谁办、怎么办",
  handle: "办结，给您书面答复",
  suggestion_target: "研究并答复您",
  consultation_target: "答复您",
  ask_review: "不服答复的，可以请求复查",
  rating: "可以评价",
};

export const limitSentence = ({ limit, label }) => SENTENCES[limit] || label;
